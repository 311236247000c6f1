"""Tables that a connector syncs into a warehouse: HubSpot's and Salesforce's in snake_case, stamped `_fivetran_…`."""

from leadline.imports.kinds import Kind

NAME = "synced tables"
SIGNS = "property createdate | property name | property dealname | deal pipeline id"
DECISIVE = """
fivetran synced | fivetran active | fivetran start | fivetran end | fivetran deleted | property dealname
property createdate | deal pipeline stage id
"""
IGNORED = "fivetran* | portal id | system modstamp | is deleted number | source id | type id | category"
DELETED = "deleted: is deleted | fivetran deleted"

ALIASES = {
    Kind.DEALS: f"""
external_id: deal id | id
title: property dealname | name
pipeline.id: deal pipeline id
stage.id: deal pipeline stage id
stage: stage name
value: property amount | amount
close_date: property closedate | close date
created_at: property createdate | created date
owner.id: owner id
organization.id: account id
source: lead source
{DELETED}
""",
    Kind.STAGES: f"""
external_id: stage id
name: label
pipeline.id: pipeline id
position: display order
probability: probability
is_won: closed won
is_closed: is closed
{DELETED}
""",
    Kind.PIPELINES: f"""
external_id: pipeline id
name: label
position: display order
{DELETED}
""",
    Kind.STAGE_CHANGES: """
deal.id: deal id | opportunity id | id
stage.id: value
stage: stage name
changed_at: date entered | timestamp | fivetran start
property: name
value: amount
expected_close_on: close date
""",
    Kind.ORGANIZATIONS: f"""
external_id: id
name: property name | name
industry: property industry | industry
address: property address
city: property city
state: property state
country: property country
created_at: property createdate | created date
website: website
owner.id: owner id
{DELETED}
""",
    Kind.PEOPLE: f"""
external_id: id
emails: property email | email
email2: property email 1
first_name: property firstname | first name
last_name: property lastname | last name
job_title: property jobtitle | title
organization: property company
organization.id: account id
created_at: property createdate | created date
owner.id: owner id
{DELETED}
""",
    Kind.USERS: f"""
external_id: owner id | id
email: email
first_name: first name
last_name: last name
name: name
team.id: primary team id
{DELETED}
""",
    Kind.TEAMS: "external_id: id\nname: name",
    Kind.ACTIVITIES: f"""
external_id: engagement id | id
type: type | property hs task type
date: property hs timestamp | activity date
created_at: property hs createdate | created date
note: property hs note body | property hs email text | description
subject: property hs email subject | subject | title
owner.id: property hubspot owner id | owner id
outcome: meeting outcome
due_at: start time | start date time
{DELETED}
""",
}
