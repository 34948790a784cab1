namespace Pharos.Templating.Formatting;

/// <summary>One directive of a format text: <c>%-10.2f</c>.</summary>
internal struct FormatVerb
{
    public bool Minus;
    public bool Plus;
    public bool Sharp;
    public bool Space;
    public bool Zero;
    public int? Width;
    public int? Precision;
    public char Letter;
}
