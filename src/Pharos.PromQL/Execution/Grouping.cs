using Pharos.Core.Labels;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>The groups of an aggregation and the labels of its result.</summary>
internal sealed record Grouping(GroupIndex Groups, RowLabels Labels)
{
    /// <summary>Groups the rows of an aggregation's operand. A group's name is still to be dropped if that of any row is.</summary>
    public static Grouping Of(AggregatePlan plan, RowLabels labels)
    {
        GroupIndex groups = GroupIndex.Of(labels, plan.Grouping, plan.Without);
        LabelFilter filter = plan.Without ? LabelFilter.Without([.. plan.Grouping, Label.MetricName]) : LabelFilter.Only(plan.Grouping);
        bool[]? pending = null;
        if (labels.HasPendingNames)
        {
            pending = new bool[groups.Count];
            for (int row = 0; row < groups.GroupOf.Length; row++)
            {
                pending[groups.GroupOf[row]] |= labels.IsNamePending(row);
            }
        }

        return new Grouping(groups, new ProjectedLabels(labels, groups.FirstRows, filter, areUnique: true, pendingRows: pending));
    }
}
