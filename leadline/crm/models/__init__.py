from leadline.crm.models.absence import Absence
from leadline.crm.models.assignment import Assignment, AssignmentRule
from leadline.crm.models.columns import ChosenColumns
from leadline.crm.models.currency import Currency, Rate, base_currency, in_base
from leadline.crm.models.custom_field import Bearer, CustomField, Kind
from leadline.crm.models.dashboard import Dashboard, HomePage
from leadline.crm.models.deal import Deal
from leadline.crm.models.deal_facts import RevenueType, Status
from leadline.crm.models.escalation import Escalation
from leadline.crm.models.file import File
from leadline.crm.models.fit import FitCriterion, FitOf, FitSweep
from leadline.crm.models.follow import Follow
from leadline.crm.models.forecast_snapshot import ForecastSnapshot
from leadline.crm.models.hand_off import HandOff, HandOffState
from leadline.crm.models.intake import Arrival, ArrivalState, Door, DoorKind
from leadline.crm.models.known_finding import KnownFinding
from leadline.crm.models.lead import Lead, LeadStage, LeadStatus
from leadline.crm.models.naming import Campaign, DiscardReason, Label, Lack, LostReason, Source
from leadline.crm.models.note import Note
from leadline.crm.models.notice import Notice, NoticeReader, Why
from leadline.crm.models.organization import Organization
from leadline.crm.models.own_forecast import OwnForecast
from leadline.crm.models.participant import Participant
from leadline.crm.models.person import Person
from leadline.crm.models.personal import Personal, PersonalQuerySet
from leadline.crm.models.pipeline import Pipeline, Stage
from leadline.crm.models.playbook import Answer, Playbook
from leadline.crm.models.playbook_items import ItemKind
from leadline.crm.models.pod import Choosing, Pod
from leadline.crm.models.product import DealProduct, Product
from leadline.crm.models.saved_report import SavedReport
from leadline.crm.models.target import Target
from leadline.crm.models.view import PreferredView, View
from leadline.crm.models.working_time import OwnDay, WorkingWeek

__all__ = [
    "Absence",
    "Answer",
    "Arrival",
    "ArrivalState",
    "Assignment",
    "AssignmentRule",
    "Bearer",
    "Campaign",
    "Choosing",
    "ChosenColumns",
    "Currency",
    "CustomField",
    "Dashboard",
    "Deal",
    "DealProduct",
    "DiscardReason",
    "Door",
    "DoorKind",
    "Escalation",
    "File",
    "FitCriterion",
    "FitOf",
    "FitSweep",
    "Follow",
    "ForecastSnapshot",
    "HandOff",
    "HandOffState",
    "HomePage",
    "ItemKind",
    "Kind",
    "KnownFinding",
    "Label",
    "Lack",
    "Lead",
    "LeadStage",
    "LeadStatus",
    "LostReason",
    "Note",
    "Notice",
    "NoticeReader",
    "Organization",
    "OwnDay",
    "OwnForecast",
    "Participant",
    "Person",
    "Personal",
    "PersonalQuerySet",
    "Pipeline",
    "Playbook",
    "Pod",
    "PreferredView",
    "Product",
    "Rate",
    "RevenueType",
    "SavedReport",
    "Source",
    "Stage",
    "Status",
    "Target",
    "View",
    "Why",
    "WorkingWeek",
    "base_currency",
    "in_base",
]
