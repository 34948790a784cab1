namespace Pharos.Config;

/// <summary>A place in a text file.</summary>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 when the file as a whole is meant.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The file as a whole.</summary>
    public static TextPosition None => default;
}
