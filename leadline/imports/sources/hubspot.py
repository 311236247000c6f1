"""HubSpot: list exports and API property names."""

from leadline.imports.kinds import Kind

NAME = "HubSpot"
SIGNS = """
record id | deal owner | deal stage | associated company | associated contact | closed lost reason | lifecycle stage
associated company domain | associated contact email | company owner | contact owner | dealname | dealstage
| closedate
hubspot owner id | company domain name | activity owner | associated deal | create date | hs object id
"""
DECISIVE = "hs object id | dealstage | property hs timestamp"
IGNORED = """
last activity date | number of times contacted | number of sales activities | last contacted | next activity date
associated note | associated note ids | is closed number | weighted amount | days to close | num associated contacts
hs lastmodifieddate | portal id
"""
OWNER = "owner.id: hubspot owner id | property hubspot owner id"

ALIASES = {
    Kind.DEALS: f"""
external_id: record id | hs object id | deal id
title: deal name | dealname
stage: deal stage | dealstage
value: amount
close_date: close date | closedate
created_at: create date | createdate
owner: deal owner
pipeline: pipeline
organization: associated company
organization.id: associated company ids
person: associated contact
lost_reason: closed lost reason
currency: currency | deal currency code
revenue_type: deal type | dealtype
is_won: is closed won | hs is closed won
is_closed: is deal closed? | is closed | hs is closed
{OWNER}
""",
    Kind.PEOPLE: f"""
external_id: record id | contact id | hs object id
created_at: create date | createdate
first_name: firstname
last_name: lastname
job_title: jobtitle
organization: associated company | company | company name
owner: contact owner
{OWNER}
""",
    Kind.ORGANIZATIONS: f"""
external_id: record id | company id | hs object id
name: company name | name
owner: company owner
created_at: create date | createdate
address: street address
{OWNER}
""",
    Kind.ACTIVITIES: f"""
external_id: activity id | record id
type: activity type
date: activity date
owner: activity owner | activity assigned to
note: notes description | notes
due_at: task due date | due date
{OWNER}
""",
    Kind.STAGE_CHANGES: """
deal.id: deal id | record id
stage: value
changed_at: timestamp | date entered
property: name | property
""",
}
