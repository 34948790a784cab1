namespace Pharos.PromQL.Execution;

/// <summary>What was read of the series of one selection.</summary>
/// <param name="Slot">Where clocks count selecting and decoding.</param>
/// <param name="SamplesOf">By series: how many samples without markers it has in the range, -1 where it was not decoded.</param>
internal sealed record ScanMeasure(int Slot, int[] SamplesOf);
