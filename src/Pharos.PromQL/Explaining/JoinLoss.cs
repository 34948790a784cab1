using Pharos.Core.Labels;

namespace Pharos.PromQL.Explaining;

/// <summary>Series that an operator lost because they found no partner. Immutable.</summary>
public sealed record JoinLoss
{
    /// <summary>Series of the left side.</summary>
    public required int Left { get; init; }

    /// <summary>Those of them without a partner.</summary>
    public required int LeftLost { get; init; }

    /// <summary>Series of the right side.</summary>
    public required int Right { get; init; }

    /// <summary>Those of them without a partner.</summary>
    public required int RightLost { get; init; }

    /// <summary>A series of the left side, without a partner if there is such a one.</summary>
    public Labels? LeftExample { get; init; }

    /// <summary>A series of the right side that is as like <see cref="LeftExample"/> as can be, without a partner if there is such a one.</summary>
    public Labels? RightExample { get; init; }

    /// <summary>Labels that must match and that only the left example has.</summary>
    public IReadOnlyList<string> OnlyLeft { get; init; } = [];

    /// <summary>Labels that must match and that only the right example has.</summary>
    public IReadOnlyList<string> OnlyRight { get; init; } = [];

    /// <summary>Labels that must match and that both have with different values.</summary>
    public IReadOnlyList<string> Differ { get; init; } = [];

    /// <summary>A matching that would help, as it is written behind the operator: <c>on (job) group_left ()</c>. Null when none was found.</summary>
    public string? Suggestion { get; init; }

    /// <summary>How many series of the left side would have a partner with <see cref="Suggestion"/>.</summary>
    public int SuggestionMatches { get; init; }
}
