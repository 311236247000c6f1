from django.apps import AppConfig


class SearchingConfig(AppConfig):
    name = "leadline.crm.searching"
    label = "searching"
