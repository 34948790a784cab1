namespace Pharos.Conformance.Scripts;

/// <summary>What a query must say of one level of annotations.</summary>
internal sealed class AnnotationExpectations
{
    public List<TextExpectation> Expected { get; } = [];

    /// <summary>There must be some, whatever they say.</summary>
    public bool Any { get; set; }

    /// <summary>There must be none.</summary>
    public bool None { get; set; }

    /// <summary>What is wrong with the messages that came; null when nothing is.</summary>
    public string? Check(string level, IReadOnlyList<string> messages)
    {
        string found = string.Join("; ", messages);
        if (None)
        {
            return messages.Count == 0 ? null : $"unexpected {level} annotations: {found}";
        }

        if ((Any || Expected.Count > 0) && messages.Count == 0)
        {
            return $"expected {level} annotations but none were found";
        }

        if (Expected.Count == 0)
        {
            return null;
        }

        if (Expected.Find(e => !messages.Any(e.Matches)) is { } missing)
        {
            return $"expected {level} annotation matching {missing}, found: {found}";
        }

        return messages.FirstOrDefault(m => !Expected.Any(e => e.Matches(m))) is { } surplus ? $"unexpected {level} annotation: {surplus}" : null;
    }
}
