"""Pipedrive: list exports ("Deal - Title") and its import sheets ("Person - Name*")."""

from leadline.imports.kinds import Kind

NAME = "Pipedrive"
SIGNS = """
deal title | deal value | deal organization | deal contact person | deal stage | deal currency of value
| deal deal created
deal weighted value | deal won time | deal lost time | deal status | deal owner | person name | organization name
activity subject | activity due date | deal pipeline | person organization | lead title | deal update time
"""
DECISIVE = "deal weighted value | deal deal created | deal pipedrive system id"
IGNORED = """
deal weighted value | deal currency of weighted value | deal last stage change | deal next activity date
deal last activity date | deal last email received | deal last email sent | deal visible to | deal total activities
deal done activities | deal activities to do | deal email messages count | deal source origin id
| deal source channel id
deal archive status | deal archive time | deal sequence enrollment | deal creator | visible to | followers
person visible to | organization visible to | activity visible to | deal source origin | organization followers
"""

ALIASES = {
    Kind.DEALS: """
external_id: deal id | deal pipedrive system id
title: deal title
stage: deal stage | stage pipeline
status: deal status
pipeline: deal pipeline
value: deal value
currency: deal currency of value
created_at: deal deal created | deal creation date
closed_at: deal deal closed on | deal closed on
won_at: deal won time
lost_at: deal lost time
expected_close_on: deal expected close date
lost_reason: deal lost reason
labels: deal label | deal labels
owner: deal owner
organization: deal organization | organization name
organization.id: deal organization id
person: deal contact person | person name
person.id: deal contact person id
person.email: person email work | person email
product: deal product name
product_quantity: deal product quantity
product_price: deal product amount
source: deal source channel | deal lead source | deal source
updated_at: deal update time
probability: deal probability
""",
    Kind.PEOPLE: """
external_id: person id | person pipedrive system id
name: person name
first_name: person first name
last_name: person last name
emails: person email work | person email
email2: person email home | person email other
phones: person phone | person phone work
phone2: person phone mobile | person phone home | person phone other
job_title: person job title
organization: organization name | person organization | person organization name
organization.id: person organization id
owner: person owner
created_at: person creation date | person person created | person created
labels: person label | person labels
updated_at: person update time
""",
    Kind.ORGANIZATIONS: """
external_id: organization id | organization pipedrive system id
name: organization name
address: organization address
city: organization address city town village locality of address | organization city town village locality of address
country: organization country of address
owner: organization owner
created_at: organization creation date | organization organization created
labels: organization label | organization labels
""",
    Kind.LEADS: """
external_id: lead id
title: lead title
owner: lead owner
labels: lead label | lead labels
value: lead value
currency: lead currency of value
created_at: lead creation date | lead lead created
source: lead source channel | lead source
organization: lead organization | organization name
person: lead contact person | person name
""",
    Kind.ACTIVITIES: """
external_id: activity id
subject: activity subject
type: activity type
due_at: activity due date
status: activity done
done_at: activity marked as done time
minutes: activity duration
note: activity note
participants: activity participants | activity attendees
place: activity location
priority: activity priority
owner: activity assigned to user
created_at: activity creation date | activity add time
deal: activity deal | deal title
organization: activity organization | organization name
person: activity contact person | person name
""",
    Kind.PRODUCTS: """
external_id: product id
name: product name
code: product product code | product code
unit_price: product unit price | product price
""",
}
