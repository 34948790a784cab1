namespace Pharos.Templating;

/// <summary>Text that is HTML already and is not escaped again.</summary>
public sealed record TemplateHtml(string Text)
{
    public override string ToString() => Text;
}
