namespace Pharos.Config;

/// <summary>Something that loads and yet will not do what its author hopes for.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Message">What is meant.</param>
public sealed record ConfigWarning(string File, int Line, int Column, string Message)
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
