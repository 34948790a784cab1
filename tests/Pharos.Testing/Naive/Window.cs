using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing.Naive;

/// <summary>A range vector at one step: the samples after the start and up to the end, in milliseconds.</summary>
public sealed record Window(long Start, long End, Dictionary<Labels, List<Sample>> Series);
