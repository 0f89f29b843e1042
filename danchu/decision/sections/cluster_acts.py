"""The acts on a meeting by clusters, with their forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.models import Cluster
from danchu.decision.sections.decision_form import (
    AttendForm,
    ChooseForm,
    DocumentForm,
    VoteForm,
)
from danchu.subjects.fields import lines_of_text
from danchu.subjects.forms import ActForm, DayForm
from danchu.subjects.sections import Act

# Which cluster is chosen before two hundred households are ticked.
CLUSTER_FIRST = ("cluster",)


def _cluster_field():
    return forms.TypedChoiceField(label=_("Cụm dân cư"), coerce=int)


def _choices(decision):
    """[(number, name)] of the clusters that have not counted yet."""
    vote = decision.votes.order_by("-number").first()
    rows = Cluster.objects.filter(vote=vote, counted_on=None).order_by("number")
    return [(str(one.number), one.name) for one in rows]


class PlanClustersForm(DayForm):
    wide = ("clusters",)
    clusters = lines_of_text(
        _("Các cụm dân cư"),
        help_text=_("Mỗi cụm một dòng: tên cụm; người chủ trì; ngày họp; địa điểm."),
    )
    aggregator = forms.CharField(label=_("Người tổng hợp kết quả"), max_length=120)
    ground = forms.CharField(
        label=_("Dân cư sống phân tán thế nào"),
        max_length=200,
        required=False,
        help_text=_("Chỉ khi thôn có ít hộ hơn số mà luật cho họp theo cụm."),
    )


class RefuseClustersForm(ActForm):
    document = forms.CharField(label=_("Số văn bản"), max_length=60)


class AttendClusterForm(AttendForm):
    field_order = CLUSTER_FIRST
    cluster = _cluster_field()

    def prepare(self):
        super().prepare()
        self.fields["cluster"].choices = _choices(self.row)

    def values(self):
        return {**super().values(), "cluster": self.cleaned_data["cluster"]}


class ChooseClusterForm(ChooseForm):
    field_order = CLUSTER_FIRST
    cluster = _cluster_field()

    def prepare(self):
        self.fields["cluster"].choices = _choices(self.row)


class CountClusterForm(VoteForm):
    field_order = CLUSTER_FIRST
    cluster = _cluster_field()

    def prepare(self):
        self.fields["cluster"].choices = _choices(self.row)


CLUSTER_ACTS = (
    Act(
        "approve_clusters",
        _("Đồng ý cho họp theo cụm dân cư"),
        actions.approve_clusters,
        DocumentForm,
    ),
    Act(
        "refuse_clusters",
        _("Không đồng ý họp theo cụm dân cư"),
        actions.refuse_clusters,
        RefuseClustersForm,
        is_aside=True,
    ),
    Act(
        "plan_clusters",
        _("Gửi kế hoạch họp theo cụm dân cư"),
        actions.plan_clusters,
        PlanClustersForm,
        is_aside=True,
    ),
    Act(
        "attend_cluster",
        _("Ghi các hộ dự họp ở cụm"),
        actions.attend_cluster,
        AttendClusterForm,
        own_page=True,
    ),
    Act(
        "choose_cluster",
        _("Ghi thư ký, cách biểu quyết, ban kiểm phiếu của cụm"),
        actions.choose_in_cluster,
        ChooseClusterForm,
    ),
    Act(
        "count_cluster",
        _("Ghi kết quả biểu quyết của cụm"),
        actions.count_cluster,
        CountClusterForm,
    ),
    Act("close_clusters", _("Tổng hợp kết quả các cụm"), actions.close_clusters),
)
