using Pharos.Core.Samples;

namespace Pharos.Scrape.Caching;

/// <summary>Lines that carry no sample, as they stood in the last scrape.</summary>
/// <param name="Start">Where they begin in the remembered bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Type">The type that holds behind them.</param>
/// <param name="Unit">The unit that holds behind them; empty when none was said.</param>
/// <param name="FirstFamily">The first of the metadata entries they speak of, by index.</param>
/// <param name="FamilyCount">How many.</param>
internal readonly record struct KnownBlock(int Start, int Length, MetricType Type, byte[] Unit, int FirstFamily, int FamilyCount);
