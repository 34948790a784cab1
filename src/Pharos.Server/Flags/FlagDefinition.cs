namespace Pharos.Server.Flags;

/// <summary>One flag of the command line.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="Default">The text it has when it is not given; empty is a value too.</param>
/// <param name="Help">One sentence for <c>--help</c>.</param>
internal sealed record FlagDefinition(string Name, FlagKind Kind, string Default, string Help)
{
    /// <summary>What the help shows for the value; null derives it from the default.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Whether it may be given more than once; the values are then joined by commas.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether it may be given again, the last one counting: for those who add to a fixed command line.</summary>
    public bool LastCounts { get; init; }

    /// <summary>The values of <see cref="FlagKind.Choice"/>, and of a repeatable text that is checked.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Left out of <c>--help</c>, accepted all the same.</summary>
    public bool Hidden { get; init; }

    /// <summary>Why the flag changes nothing here, logged once when it is given; null when it has its meaning.</summary>
    public string? NoEffect { get; init; }

    /// <summary>Whether <c>/api/v1/status/flags</c> must not show the value.</summary>
    public bool IsSecret { get; init; }
}
