using Pharos.Server.Configuration.Files;

namespace Pharos.Server.Lifecycle;

/// <summary>A file of the configuration as it was when it was loaded. Immutable.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text with <c>&lt;secret&gt;</c> in the place of secrets.</param>
internal sealed record LoadedFile(string Path, ConfigFileKind Kind, string Text);
