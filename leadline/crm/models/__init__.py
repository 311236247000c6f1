from leadline.crm.models.columns import ChosenColumns
from leadline.crm.models.currency import Currency, Rate, base_currency, in_base
from leadline.crm.models.custom_field import Bearer, CustomField, Kind
from leadline.crm.models.dashboard import Dashboard, HomePage
from leadline.crm.models.deal import Deal
from leadline.crm.models.deal_facts import RevenueType, Status
from leadline.crm.models.file import File
from leadline.crm.models.follow import Follow
from leadline.crm.models.forecast_snapshot import ForecastSnapshot
from leadline.crm.models.known_finding import KnownFinding
from leadline.crm.models.lead import Lead, LeadStage, LeadStatus
from leadline.crm.models.naming import Campaign, Label, LostReason, Source
from leadline.crm.models.note import Note
from leadline.crm.models.notice import Notice, NoticeReader, Why
from leadline.crm.models.organization import Organization
from leadline.crm.models.own_forecast import OwnForecast
from leadline.crm.models.participant import Participant
from leadline.crm.models.person import Person
from leadline.crm.models.personal import Personal, PersonalQuerySet
from leadline.crm.models.pipeline import Pipeline, Stage
from leadline.crm.models.product import DealProduct, Product
from leadline.crm.models.saved_report import SavedReport
from leadline.crm.models.target import Target
from leadline.crm.models.view import PreferredView, View
from leadline.crm.models.working_time import OwnDay, WorkingWeek

__all__ = [
    "Bearer",
    "Campaign",
    "ChosenColumns",
    "Currency",
    "CustomField",
    "Dashboard",
    "Deal",
    "DealProduct",
    "File",
    "Follow",
    "ForecastSnapshot",
    "HomePage",
    "Kind",
    "KnownFinding",
    "Label",
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
