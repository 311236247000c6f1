"""Salesforce: object exports (StageName, OpportunityId) and report headings ("Opportunity Name")."""

from leadline.imports.kinds import Kind

NAME = "Salesforce"
SIGNS = """
stage name | opportunity id | opportunity name | opportunity owner | created by id | last modified by id
| system modstamp
is deleted | account id | forecast category | forecast category name | is won | is closed | record type id
| fiscal period
probability % | expected revenue | account name | who id | what id | currency iso code | owner id | lead source
"""
DECISIVE = "forecast category name | opportunity id name"
IGNORED = """
system modstamp | last modified by id | created by id | last referenced date | last viewed date | record type id
expected revenue | fiscal | fiscal quarter | fiscal year | fiscal period | forecast category | forecast category name
has open activity | has overdue task | has opportunity line item | photo url | is archived | pricebook 2 id
| pricebook2 id
age | master record id | what count | who count | is reminder set | reminder date time | recurrence*
is recurrence* | full photo url | small photo url | medium banner photo url | small banner photo url
| banner photo url
synced quote id | last activity date | email preferences* | digest frequency | badge text
"""
CREATED = "created_at: created date"
UPDATED = "updated_at: last modified date"

ALIASES = {
    Kind.DEALS: f"""
external_id: id | opportunity id
title: name | opportunity name
stage: stage name | stage
value: amount
close_date: close date
{CREATED}
{UPDATED}
owner.id: owner id
owner: opportunity owner
organization.id: account id
organization: account name
source: lead source
campaign: primary campaign source
is_won: is won | won
is_closed: is closed | closed
currency: currency iso code | amount currency
revenue_type: type
probability: probability | probability %
""",
    Kind.STAGE_CHANGES: """
external_id: id
deal.id: opportunity id
stage: stage name | to stage
from_stage: from opportunity stage name | from stage
changed_at: created date | last modified
value: amount
expected_close_on: close date
by.id: created by id
by: last modified by
deal: opportunity name
""",
    Kind.ORGANIZATIONS: f"""
external_id: id | account id
name: name | account name
website: website
industry: industry
owner.id: owner id
owner: account owner
address: billing street
city: billing city
country: billing country
{CREATED}
{UPDATED}
""",
    Kind.PEOPLE: f"""
external_id: id | contact id
name: name | full name
organization.id: account id
organization: account name
job_title: title
phone2: mobile phone
owner.id: owner id
{CREATED}
{UPDATED}
""",
    Kind.LEADS: f"""
external_id: id | lead id
person_name: name
organization: company | company account
status: status | lead status
owner.id: owner id
is_converted: is converted | converted
converted_at: converted date
source: lead source
{CREATED}
{UPDATED}
""",
    Kind.ACTIVITIES: f"""
external_id: id | activity id
type: type | task subtype | event subtype
subject: subject
date: activity date | date
status: status | is closed
done_at: completed date time
owner.id: owner id
owner: assigned
organization.id: account id
person.id: who id
deal.id: what id
{CREATED}
{UPDATED}
""",
    Kind.USERS: """
external_id: id
name: name
email: email
active: is active
role: user role
""",
    Kind.PRODUCTS: """
external_id: id | product id
name: name | product name
code: product code
active: is active
""",
    Kind.DEAL_PRODUCTS: """
external_id: id
deal.id: opportunity id
product.id: product 2 id | product2 id | product2id
product: name | product name
code: product code
unit_price: unit price | sales price
line_total: total price
position: sort order
""",
}
