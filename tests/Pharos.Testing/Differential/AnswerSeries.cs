using System.Text.Json;

namespace Pharos.Testing.Differential;

/// <summary>One series of an answer.</summary>
/// <param name="Labels">Sorted by name and written out, so that equal sets are equal texts.</param>
/// <param name="Points">In the order of time.</param>
public sealed record AnswerSeries(string Labels, IReadOnlyList<AnswerPoint> Points)
{
    /// <summary>The one text of a set of labels.</summary>
    public static string Text(IEnumerable<KeyValuePair<string, string>> labels) => $"{{{string.Join(", ", labels
        .OrderBy(static l => l.Key, StringComparer.Ordinal).Select(static l => $"{l.Key}={JsonSerializer.Serialize(l.Value)}"))}}}";
}
