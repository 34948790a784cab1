namespace Pharos.Conformance;

/// <summary>What became of a case.</summary>
public enum CaseOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>One case, its outcome and, unless it passed, why.</summary>
public sealed record CaseResult(string File, string Name, CaseOutcome Outcome, string? Message);
