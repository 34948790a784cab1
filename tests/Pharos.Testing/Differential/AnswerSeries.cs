namespace Pharos.Testing.Differential;

/// <summary>One series of an answer.</summary>
/// <param name="Labels">Sorted by name and written out, so that equal sets are equal texts.</param>
/// <param name="Points">In the order of time.</param>
public sealed record AnswerSeries(string Labels, IReadOnlyList<AnswerPoint> Points);
