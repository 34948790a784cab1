namespace Pharos.Templating;

/// <summary>
/// A value with fields and methods of its own. What templates see is named here and nowhere else: nothing is looked up by reflection. Its <c>ToString</c> is
/// what it prints as.
/// </summary>
public interface ITemplateObject
{
    /// <summary>The type as messages name it, <c>time.Time</c>.</summary>
    string TypeName { get; }

    /// <summary>A field's value, or a <see cref="TemplateFunction"/> for a method; false when there is neither.</summary>
    bool TryGetMember(string name, out object? member);
}
