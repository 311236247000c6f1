"""The addresses of playbooks and of the review of stages."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.playbooks import editing, files, overview, review

urlpatterns = [
    path("playbooks/", overview.playbooks, name="playbooks"),
    path("stages/<int:pk>/playbook/", editing.playbook, name="playbook"),
    path("stages/<int:pk>/playbook/publish/", editing.publish_draft, name="playbook_publish"),
    path("stages/<int:pk>/playbook/discard/", editing.discard, name="playbook_discard"),
    path("stages/<int:pk>/playbook/file/", files.add, name="playbook_file_add"),
    path("pipelines/<int:pk>/review/", review.review, name="stage_review"),
    path("pipelines/<int:pk>/review/deals/", review.deals, name="stage_review_deals"),
    path("stages/<int:pk>/reviewed/", review.reviewed, name="stage_reviewed"),
]
