"""Zoho CRM: list exports ("Account Name.id")."""

from leadline.imports.kinds import Kind

NAME = "Zoho CRM"
SIGNS = (
    "account name id | contact name id | closing date | deal owner id | tag | created by id | modified by | record id"
)
DECISIVE = "account name id | contact name id"
IGNORED = "created by | created by id | modified by | modified by id | last activity time | currency exchange rate"

ALIASES = {
    Kind.DEALS: """
external_id: record id
title: deal name
organization: account name
organization.id: account name id
person: contact name
person.id: contact name id
close_date: closing date
source: lead source
owner: deal owner
owner.id: deal owner id
created_at: created time
updated_at: modified time
labels: tag
revenue_type: type
""",
    Kind.ORGANIZATIONS: """
external_id: record id
name: account name
owner: account owner
created_at: created time
""",
    Kind.PEOPLE: """
external_id: record id
organization: account name
organization.id: account name id
owner: contact owner
created_at: created time
""",
    Kind.LEADS: """
external_id: record id
organization: company
status: lead status
owner: lead owner
created_at: created time
""",
    Kind.ACTIVITIES: """
external_id: record id
subject: subject
due_at: due date
status: status
deal: related to
""",
}
