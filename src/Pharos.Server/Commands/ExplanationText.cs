using System.Globalization;
using System.Text;
using System.Text.Json;
using Pharos.PromQL.Explaining;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Commands;

/// <summary>An explanation for a terminal: a line a node with its numbers in columns, and what is to be said of it below.</summary>
internal static class ExplanationText
{
    private const int MostTitle = 60;
    private static readonly string[] Heads = ["SERIES", "POINTS", "SAMPLES", "SELF", "TOTAL"];

    /// <param name="explanation">What <c>/api/pharos/v1/explain</c> answers.</param>
    public static string Print(JsonElement explanation)
    {
        var text = new StringBuilder();
        JsonElement[] nodes = [.. explanation.GetProperty("nodes").EnumerateArray()];
        string[][] cells = [Heads, .. nodes.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, Heads.Length).Select(column => cells.Max(row => row[column].Length))];
        string[] titles = ["NODE", .. nodes.Select(static node => Title(node.GetProperty("depth").GetInt32(), node.GetProperty("title").GetString() ?? ""))];
        int titleWidth = titles.Max(static title => title.Length);
        for (int line = 0; line < cells.Length; line++)
        {
            text.Append(titles[line].PadRight(titleWidth));
            for (int column = 0; column < widths.Length; column++)
            {
                text.Append("  ").Append(cells[line][column].PadLeft(widths[column]));
            }

            text.Append('\n');
            if (line > 0)
            {
                AppendNotes(text, nodes[line - 1], nodes);
            }
        }

        text.Append('\n').Append(Summary(explanation)).Append('\n');
        AppendReason(text, explanation, nodes);
        AppendTexts(text, explanation, "warnings");
        AppendTexts(text, explanation, "infos");
        return text.ToString();
    }

    /// <summary>The tree alone: titles, types, and what is computed once.</summary>
    public static string PrintTree(IReadOnlyList<ExplainedNode> nodes)
    {
        var text = new StringBuilder();
        string[] titles = [.. nodes.Select(static node => Title(node.Depth, node.Title))];
        int width = titles.Max(static title => title.Length);
        for (int i = 0; i < titles.Length; i++)
        {
            ExplainedNode node = nodes[i];
            text.Append(titles[i].PadRight(width)).Append("  ").Append(node.Type.DocumentedName());
            text.Append(node.SameAs is { } same ? $", computed once with {nodes[same].Title} above" : "");
            text.Append(node.IsEvaluatedOnce ? ", the same at every step" : "").Append('\n');
        }

        return text.ToString();
    }

    private static string Title(int depth, string title)
    {
        string oneLine = title.ReplaceLineEndings(" ");
        return new string(' ', depth * 2) + (oneLine.Length > MostTitle ? oneLine[..(MostTitle - 1)] + "…" : oneLine);
    }

    private static string[] Cells(JsonElement node) =>
        [Count(node, "series"), Count(node, "points"), Count(node, "samples"), Time(node, "selfMs"), Time(node, "totalMs")];

    private static string Count(JsonElement node, string member) =>
        node.TryGetProperty(member, out JsonElement number) ? number.GetInt64().ToString("N0", CultureInfo.InvariantCulture) : "-";

    private static string Time(JsonElement node, string member) => node.TryGetProperty("sameAs", out _) ? "-" : Milliseconds(node.GetProperty(member).GetDouble());

    private static string Milliseconds(double milliseconds) => milliseconds.ToString("N2", CultureInfo.InvariantCulture) + " ms";

    private static void AppendNotes(StringBuilder text, JsonElement node, JsonElement[] nodes)
    {
        string indent = new(' ', (node.GetProperty("depth").GetInt32() * 2) + 2);
        if (node.TryGetProperty("sameAs", out JsonElement same))
        {
            text.Append(indent).Append("= computed once, with ").Append(nodes[same.GetInt32()].GetProperty("title").GetString()).Append(" above\n");
        }

        AppendCount(text, indent, node, "dropped", "without a value at any step");
        AppendCount(text, indent, node, "unread", "that the node above did not need");
        if (node.TryGetProperty("once", out _))
        {
            text.Append(indent).Append("- the same at every step: evaluated at one\n");
        }

        if (node.TryGetProperty("failed", out _))
        {
            text.Append(indent).Append("! the query failed here\n");
        }

        foreach (JsonElement note in node.TryGetProperty("notes", out JsonElement notes) ? notes.EnumerateArray() : default)
        {
            text.Append(indent).Append(note.TryGetProperty("cause", out _) ? "! " : "- ").Append(note.GetProperty("text").GetString()).Append('\n');
            AppendExamples(text, indent, note);
        }
    }

    private static void AppendCount(StringBuilder text, string indent, JsonElement node, string member, string what)
    {
        if (node.TryGetProperty(member, out JsonElement count))
        {
            text.Append(indent).Append(CultureInfo.InvariantCulture, $"- {count.GetInt32():N0} series {what}\n");
        }
    }

    private static void AppendExamples(StringBuilder text, string indent, JsonElement note)
    {
        if (!note.TryGetProperty("join", out JsonElement join))
        {
            return;
        }

        foreach ((string member, string side) in ((string, string)[])[("leftExample", "left "), ("rightExample", "right")])
        {
            if (join.TryGetProperty(member, out JsonElement labels))
            {
                text.Append(indent).Append("    ").Append(side).Append(' ').Append(QueryAnswerText.Metric(labels)).Append('\n');
            }
        }
    }

    private static string Summary(JsonElement explanation)
    {
        string took = string.Create(
            CultureInfo.InvariantCulture,
            $"{explanation.GetProperty("samples").GetInt64():N0} samples read, evaluated in {Milliseconds(explanation.GetProperty("evaluationMs").GetDouble())}");
        return explanation.TryGetProperty("result", out JsonElement result)
            ? string.Create(CultureInfo.InvariantCulture, $"{result.GetProperty("series").GetInt32():N0} series, {result.GetProperty("points").GetInt64():N0} values; {took}")
            : took;
    }

    private static void AppendReason(StringBuilder text, JsonElement explanation, JsonElement[] nodes)
    {
        if (explanation.TryGetProperty("empty", out JsonElement empty))
        {
            JsonElement node = nodes[empty.GetProperty("node").GetInt32()];
            JsonElement note = node.GetProperty("notes")[empty.GetProperty("note").GetInt32()];
            text.Append("Empty because of ").Append(Title(0, node.GetProperty("title").GetString() ?? "")).Append(": ").Append(note.GetProperty("text").GetString()).Append('\n');
        }
    }

    private static void AppendTexts(StringBuilder text, JsonElement explanation, string member)
    {
        foreach (JsonElement one in explanation.TryGetProperty(member, out JsonElement texts) ? texts.EnumerateArray() : default)
        {
            text.Append(one.GetString()).Append('\n');
        }
    }
}
