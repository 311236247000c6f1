"""Headings of known products and of plain tables are recognised, whatever their case and decoration."""

from __future__ import annotations

import pytest

from leadline.imports.kinds import FIELDS, Kind
from leadline.imports.recognition.columns import recognise
from leadline.imports.sources import sources

PIPEDRIVE = """Deal - ID|Deal - Title|Deal - Creator|Deal - Owner|Deal - Value|Deal - Currency of Value
Deal - Weighted value|Deal - Probability|Deal - Organization|Deal - Organization ID|Deal - Pipeline
Deal - Contact person|Deal - Contact person ID|Deal - Stage|Deal - Label|Deal - Status|Deal - Deal created
Deal - Update time|Deal - Last stage change|Deal - Won time|Deal - Lost time|Deal - Deal closed on
Deal - Lost reason|Deal - Visible to|Deal - Expected close date|Deal - Product quantity
Deal - Product amount|Deal - Product name|Deal - Source channel|Deal - utm_medium"""

CASES = {
    "pipedrive": (
        PIPEDRIVE.replace("\n", "|").split("|"),
        Kind.DEALS,
        "Pipedrive",
        "external_id title owner value currency probability organization organization.id pipeline person person.id "
        "stage labels status created_at updated_at won_at lost_at closed_at lost_reason expected_close_on "
        "product_quantity product_price product source",
    ),
    "pipedrive's other spellings": (
        [
            "DEAL - TITLE",
            "Deal - Currency of value",
            "Deal - Creation date",
            "Deal - Closed on",
            "Deal - Stage (pipeline)",
        ],
        Kind.DEALS,
        "Pipedrive",
        "title currency created_at closed_at stage",
    ),
    "pipedrive people": (
        ["Person - Name*", "Person - Email (Work)", "Person - Email (Home)", "Person - Phone", "Organization - Name*"],
        Kind.PEOPLE,
        "Pipedrive",
        "name emails email2 phones organization",
    ),
    "pipedrive activities": (
        ["Activity - Subject*", "Activity - Due date", "Activity - Type", "Activity - Done", "Activity - Duration"],
        Kind.ACTIVITIES,
        "Pipedrive",
        "subject due_at type status minutes",
    ),
    "hubspot": (
        [
            "Record ID",
            "Deal Name",
            "Deal Stage",
            "Close Date",
            "Deal owner",
            "Amount",
            "Pipeline",
            "Create Date",
            "Associated Company",
            "Original Source",
        ],
        Kind.DEALS,
        "HubSpot",
        "external_id title stage close_date owner value pipeline created_at organization source",
    ),
    "salesforce report": (
        [
            "Opportunity Owner",
            "Account Name",
            "Opportunity Name",
            "Stage",
            "Fiscal Period",
            "Amount",
            "Probability (%)",
            "Age",
            "Close Date",
            "Created Date",
            "Lead Source",
            "Type",
        ],
        Kind.DEALS,
        "Salesforce",
        "owner organization title stage value probability close_date created_at source revenue_type",
    ),
    "salesforce history": (
        [
            "Id",
            "OpportunityId",
            "CreatedById",
            "CreatedDate",
            "StageName",
            "Amount",
            "CloseDate",
            "Probability",
            "FromOpportunityStageName",
            "SystemModstamp",
        ],
        Kind.STAGE_CHANGES,
        "Salesforce",
        "external_id deal.id by.id changed_at stage value expected_close_on from_stage",
    ),
    "zoho": (
        [
            "Record Id",
            "Deal Name",
            "Account Name",
            "Account Name.id",
            "Contact Name",
            "Stage",
            "Closing Date",
            "Amount",
            "Lead Source",
            "Type",
        ],
        Kind.DEALS,
        "Zoho CRM",
        "external_id title organization organization.id person stage close_date value source revenue_type",
    ),
    "plain": (
        [
            "opportunity_id",
            "sales_agent",
            "product",
            "account",
            "deal_stage",
            "engage_date",
            "close_date",
            "close_value",
        ],
        Kind.DEALS,
        "table",
        "external_id owner product organization stage created_at close_date value",
    ),
    "plain leads": (
        ["mql_id", "first_contact_date", "landing_page_id", "origin"],
        Kind.LEADS,
        "table",
        "external_id created_at source",
    ),
    "closed deals of leads": (
        ["mql_id", "seller_id", "sdr_id", "sr_id", "won_date"],
        Kind.DEALS,
        "table",
        "lead.id originator.id owner.id won_at",
    ),
    "stage changes": (["deal", "stage", "time", "by"], Kind.STAGE_CHANGES, "table", "deal stage changed_at by"),
    "stages": (
        ["pipeline_id", "stage_id", "stage_name", "sort_order", "is_final", "is_success"],
        Kind.STAGES,
        "table",
        "pipeline.id external_id name position is_closed is_won",
    ),
    "teams": (["sales_agent", "manager", "regional_office"], Kind.USERS, "table", "name manager team"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_headings(case: tuple[list[str], Kind, str, str]) -> None:
    headings, kind, source, fields = case
    found = recognise(headings, "export")
    assert found is not None
    assert (found.kind, found.source) == (kind, source)
    assert set(found.fields()) == set(fields.split())


@pytest.mark.parametrize(
    "headings",
    [
        ["Created_On", "Source", "Industry"],
        ["a", "b", "c"],
        ["payment_id", "deal_id", "payment_date", "amount", "status"],
        ["account", "sector", "Column 3", "Column 4", "sales_agent", "manager"],
        ["rep_name", "month", "quota", "attainment"],
    ],
)
def test_tables_of_no_known_kind(headings: list[str]) -> None:
    name = "payments" if "payment_id" in headings else "export"
    assert recognise(headings, name) is None


def test_a_person_decides_the_kind_and_columns() -> None:
    found = recognise(
        ["Ref", "What", "Worth"], "x", Kind.DEALS, {"ref": "external_id", "What": "stage", "Worth": "custom"}
    )
    assert found is not None
    assert {column.heading: column.field for column in found.columns} == {
        "Ref": "external_id",
        "What": "stage",
        "Worth": "custom",
    }


def test_two_columns_for_one_field_the_better_name_wins() -> None:
    found = recognise(["id", "Deal ID", "Title", "Stage"], "deals", Kind.DEALS)
    assert found is not None
    assert found.fields()["external_id"].heading == "Deal ID"


def test_all_sources_are_of_equal_shape_and_name_known_fields_only() -> None:
    found = sources()
    assert [source.name for source in found][-1] == "table"
    for source in found:
        for kind, aliases in source.aliases.items():
            assert {field for field, _rank in aliases.values()} <= FIELDS[kind]
