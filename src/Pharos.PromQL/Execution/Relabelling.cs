using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>Makes the operators of <c>label_replace</c> and <c>label_join</c>. Each distinct source value is matched once, not each series.</summary>
internal static class Relabelling
{
    public static RowSource Replace(CallPlan plan, RowSource inner)
    {
        string target = Text(plan, 1);
        string replacement = Text(plan, 2);
        string source = Text(plan, 3);
        string pattern = Text(plan, 4);
        ReplacementRegex regex;
        try
        {
            regex = ReplacementRegex.Parse(pattern);
        }
        catch (RegexSyntaxException)
        {
            throw QueryException.Execution($"invalid regular expression in label_replace(): {pattern}");
        }

        CheckName(plan, 1, "destination");
        var known = new Dictionary<uint, string?>();
        uint[]? ids = null;
        return new RelabelledRows(inner, target, (labels, row) =>
        {
            if (ids is null)
            {
                ids = new uint[labels.Count];
                labels.GetIds(source, ids);
            }

            if (!known.TryGetValue(ids[row], out string? value))
            {
                value = regex.Expand(labels.ValueOf(ids[row]), replacement);
                known.Add(ids[row], value);
            }

            return value;
        });
    }

    public static RowSource Join(CallPlan plan, RowSource inner)
    {
        string target = Text(plan, 1);
        string separator = Text(plan, 2);
        string[] sources = new string[plan.Arguments.Count - 3];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = Text(plan, i + 3);
            CheckName(plan, i + 3, "source");
        }

        CheckName(plan, 1, "destination");
        uint[][]? columns = null;
        return new RelabelledRows(inner, target, (labels, row) =>
        {
            columns ??= Columns(labels, sources);
            string[] values = new string[columns.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                values[i] = labels.ValueOf(columns[i][row]);
            }

            return string.Join(separator, values);
        });
    }

    private static uint[][] Columns(RowLabels labels, string[] names)
    {
        uint[][] columns = new uint[names.Length][];
        for (int i = 0; i < names.Length; i++)
        {
            columns[i] = new uint[labels.Count];
            labels.GetIds(names[i], columns[i]);
        }

        return columns;
    }

    private static string Text(CallPlan plan, int argument) => ((StringPlan)plan.Arguments[argument]).Value;

    private static void CheckName(CallPlan plan, int argument, string role)
    {
        var name = (StringPlan)plan.Arguments[argument];
        if (!name.IsUtf8 || !LabelName.IsUtf8(name.Value))
        {
            throw QueryException.Execution($"invalid {role} label name in {plan.Function}(): {name.Value}");
        }
    }
}
