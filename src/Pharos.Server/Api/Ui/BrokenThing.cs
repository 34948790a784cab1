namespace Pharos.Server.Api.Ui;

/// <summary>Something that does not work and that no alert tells of. Immutable.</summary>
/// <param name="Kind"><c>target</c>, <c>receiver</c>, <c>rule</c>, <c>config</c> or <c>dashboard</c>.</param>
/// <param name="Subject">What.</param>
/// <param name="Text">What is the matter with it, without the subject.</param>
/// <param name="Since">Milliseconds since the Unix epoch; null when it is not known.</param>
/// <param name="Link">The page that says more.</param>
internal sealed record BrokenThing(string Kind, string Subject, string Text, long? Since, string Link);
