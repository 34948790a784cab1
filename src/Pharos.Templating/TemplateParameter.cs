namespace Pharos.Templating;

/// <summary>What a function takes at one place.</summary>
/// <param name="TypeName">As messages name it.</param>
/// <param name="Kind">What number constants become.</param>
/// <param name="Accepts">Whether a value is of the type; never asked about null.</param>
/// <param name="TakesNil">Null is a value of the type.</param>
public sealed record TemplateParameter(string TypeName, TemplateParameterKind Kind, Func<object, bool> Accepts, bool TakesNil = false)
{
    public static TemplateParameter Any { get; } = new("interface {}", TemplateParameterKind.Any, static _ => true, TakesNil: true);

    public static TemplateParameter String { get; } = new("string", TemplateParameterKind.String, static v => v is string);

    public static TemplateParameter Int { get; } = new("int", TemplateParameterKind.Int, static v => v is long);

    public static TemplateParameter Float { get; } = new("float64", TemplateParameterKind.Float, static v => v is double);

    /// <summary>Objects of one class.</summary>
    public static TemplateParameter Of<T>(string typeName) => new(typeName, TemplateParameterKind.Object, static v => v is T);
}
