namespace Pharos.PromQL.Explaining;

/// <summary>Something worth knowing about a node. Which of the optional properties are there depends on the kind. Immutable.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Text">The same as a sentence for people, with its capital and full stop.</param>
public sealed record ExplanationNote(ExplanationNoteKind Kind, string Text)
{
    /// <summary>It is why the node has nothing; otherwise it is only good to know.</summary>
    public bool IsCause { get; init; }

    /// <summary>The label that it is about.</summary>
    public string? Label { get; init; }

    /// <summary>The name or value that does not exist.</summary>
    public string? Value { get; init; }

    /// <summary>The matcher that leaves nothing.</summary>
    public string? Matcher { get; init; }

    /// <summary>What exists and looks like what was asked for, the nearest first; at most five.</summary>
    public IReadOnlyList<string> Nearest { get; init; } = [];

    /// <summary>The time that was read, milliseconds since the Unix epoch, inclusive.</summary>
    public (long From, long To)? Range { get; init; }

    /// <summary>The newest sample before the time that was read, milliseconds since the Unix epoch; null when none was found.</summary>
    public long? LastAt { get; init; }

    /// <summary>The length of the windows.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>How far samples are apart, as far as that can be seen.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>A window that would do.</summary>
    public TimeSpan? SuggestedWindow { get; init; }

    /// <summary>The bounds of the values compared, NaN left out.</summary>
    public (double Least, double Greatest)? Values { get; init; }

    /// <summary>How many series it is about.</summary>
    public int? Count { get; init; }

    /// <summary>The series that found no partner.</summary>
    public JoinLoss? Join { get; init; }

    /// <summary>The <see cref="ExplainedNode.Id"/>s of the other nodes it is about.</summary>
    public IReadOnlyList<int> With { get; init; } = [];
}
