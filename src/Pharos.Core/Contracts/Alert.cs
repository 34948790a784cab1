namespace Pharos.Core.Contracts;

/// <summary>One alert as rules and outside senders hand it in. Immutable. Its identity is <see cref="Labels"/>.</summary>
/// <param name="Labels">With <c>alertname</c>; not empty.</param>
/// <param name="Annotations">Texts for people, already expanded.</param>
/// <param name="StartsAt">Milliseconds since the Unix epoch: when it began to fire.</param>
/// <param name="EndsAt">When it ended, or until when it may be taken as firing unless it is sent again; zero when the sender does not say.</param>
/// <param name="GeneratorUrl">Where its expression can be seen; may be empty.</param>
public sealed record Alert(Labels.Labels Labels, Labels.Labels Annotations, long StartsAt, long EndsAt, string GeneratorUrl);
