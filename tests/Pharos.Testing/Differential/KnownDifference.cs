using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>A case in which the real Prometheus that is compared with answers otherwise, and Pharos is meant to.</summary>
/// <param name="Reason">Why, with the version or the report that it rests on.</param>
/// <param name="Covers">Whether these two answers differ by this reason.</param>
public sealed record KnownDifference(string Reason, Func<QueryCase, Answer, Answer, bool> Covers);
