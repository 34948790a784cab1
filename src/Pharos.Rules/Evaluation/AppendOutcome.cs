using Pharos.Core.Contracts;

namespace Pharos.Rules.Evaluation;

/// <summary>What became of the samples of one evaluation.</summary>
/// <param name="OutOfOrder">How many were refused for their order.</param>
/// <param name="TooOld">How many were refused for their age.</param>
/// <param name="Duplicates">How many were refused since the series has another value at the time.</param>
/// <param name="Error">Why the last one of all was refused; empty when none was.</param>
internal readonly record struct AppendOutcome(int OutOfOrder, int TooOld, int Duplicates, string Error)
{
    /// <summary>One more sample was refused. The texts are upstream's.</summary>
    public AppendOutcome With(AppendResult refusal) => refusal switch
    {
        AppendResult.OutOfOrder => this with { OutOfOrder = OutOfOrder + 1, Error = "out of order sample" },
        AppendResult.TooOld => this with { TooOld = TooOld + 1, Error = "too old sample" },
        AppendResult.DuplicateTimestamp => this with { Duplicates = Duplicates + 1, Error = "duplicate sample for timestamp" },
        _ => this with { Error = "the series was dropped while it was written" },
    };
}
