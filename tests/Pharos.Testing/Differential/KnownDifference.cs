using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>A case in which the real Prometheus that is compared with answers otherwise, and Pharos is meant to.</summary>
/// <param name="Reason">Why, with the version or the report that it rests on.</param>
/// <param name="Adjust">Takes what may differ by this reason out of both answers: of Prometheus and of Pharos, in this order. All else is still compared.</param>
public sealed record KnownDifference(string Reason, Func<QueryCase, Answer, Answer, (Answer Prometheus, Answer Pharos)> Adjust);
