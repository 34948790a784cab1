using Pharos.Core.Labels;
using Pharos.Core.Matching;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Remote.Reading;

/// <summary>The labels that this server stands for towards others: not stored, added to what is answered and taken off what is asked.</summary>
internal static class ExternalLabelMerge
{
    /// <summary>The matchers for the own store: one that asks for an external label as it is asks for series without that label.</summary>
    public static List<Matcher> ForStore(IReadOnlyList<ReadMatcher> matchers, Labels external)
    {
        var stored = new List<Matcher>(matchers.Count);
        foreach (ReadMatcher asked in matchers)
        {
            Matcher matcher = asked.ToMatcher();
            bool asksForUs = matcher.Type == MatchType.Equal && external.Contains(matcher.Name) && string.Equals(external[matcher.Name], matcher.Value, StringComparison.Ordinal);
            stored.Add(asksForUs ? new Matcher(MatchType.Equal, matcher.Name, "") : matcher);
        }

        return stored;
    }

    /// <summary>Writes labels as fields of a message, sorted, those of the series before external ones of the same name. Returns the bytes that they take.</summary>
    public static int Write(MessageWriter writer, int field, Labels series, Labels external)
    {
        int began = writer.Length;
        int i = 0;
        int j = 0;
        while (i < series.Count || j < external.Count)
        {
            int order = i == series.Count ? 1 : j == external.Count ? -1 : Utf8Ordinal.Compare(series[i].Name, external[j].Name);
            Label label = order <= 0 ? series[i] : external[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            int start = writer.Begin(field);
            writer.Text(1, label.Name);
            writer.Text(2, label.Value);
            writer.End(start);
        }

        return writer.Length - began;
    }
}
