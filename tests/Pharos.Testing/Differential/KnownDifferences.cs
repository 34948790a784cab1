namespace Pharos.Testing.Differential;

/// <summary>Where Prometheus 3.5 is not what Pharos follows, case by case.</summary>
public static class KnownDifferences
{
    /// <summary>Answers that may differ.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
    ];
}
