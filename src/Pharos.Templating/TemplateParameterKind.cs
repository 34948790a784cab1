namespace Pharos.Templating;

/// <summary>Which constants a parameter takes.</summary>
public enum TemplateParameterKind
{
    Any,
    String,
    Int,
    Float,
    Object,
}
