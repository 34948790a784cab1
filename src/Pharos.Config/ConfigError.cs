namespace Pharos.Config;

/// <summary>One thing wrong with a configuration file. Never holds a secret.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Message">What is wrong, in upstream's words where upstream has some.</param>
/// <param name="Found">The offending text, shortened; null where there is none or where it may be a secret.</param>
/// <param name="Expected">What would be right; null where the message says it.</param>
public sealed record ConfigError(string File, int Line, int Column, string Message, string? Found, string? Expected)
{
    /// <summary><c>file:line:column: message (found "…", expected …)</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Describe()}" : $"{File}:{Line}:{Column}: {Describe()}";

    /// <summary>The message with what was found and what was expected, without the place.</summary>
    public string Describe() => (Found, Expected) switch
    {
        (null, null) => Message,
        (null, _) => $"{Message} (expected {Expected})",
        (_, null) => $"{Message} (found {ConfigText.Quote(Found)})",
        _ => $"{Message} (found {ConfigText.Quote(Found)}, expected {Expected})",
    };
}
