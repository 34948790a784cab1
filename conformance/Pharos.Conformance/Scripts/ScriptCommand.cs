namespace Pharos.Conformance.Scripts;

/// <summary>One block of a test script.</summary>
internal abstract record ScriptCommand(int Line);

/// <summary>Empties the store.</summary>
internal sealed record ClearCommand(int Line) : ScriptCommand(Line);

/// <summary>Stores series; value k at k times the interval.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="IntervalMs">Milliseconds.</param>
/// <param name="Series">The last of equal label sets counts.</param>
/// <param name="ConvertsHistograms">Classic histograms are stored as native ones too.</param>
internal sealed record LoadCommand(int Line, long IntervalMs, IReadOnlyList<LoadedSeries> Series, bool ConvertsHistograms) : ScriptCommand(Line);
