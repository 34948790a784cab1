using Pharos.Core.Labels;

namespace Pharos.Templating;

/// <summary>
/// A map that templates read: by field, by <c>index</c>, by <c>range</c> in the order of the keys. Immutable. A class of its own may give it methods and a text.
/// </summary>
public class TemplateMap
{
    private readonly SortedDictionary<string, object?> _values = new(Utf8Ordinal.Comparer);

    /// <param name="values">Copied; of equal keys the last one counts.</param>
    /// <param name="typeName">As messages name it.</param>
    /// <param name="zero">What a missing key gives where <see cref="MissingKey.Zero"/> is asked for.</param>
    public TemplateMap(IEnumerable<KeyValuePair<string, object?>> values, string typeName = "map[string]interface {}", object? zero = null)
    {
        foreach ((string key, object? value) in values)
        {
            _values[key] = value;
        }

        TypeName = typeName;
        Zero = zero;
    }

    public string TypeName { get; }

    public object? Zero { get; }

    public int Count => _values.Count;

    /// <summary>Sorted by key.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Entries => _values;

    /// <summary>A map of texts: a missing key is the empty one.</summary>
    public static TemplateMap OfStrings(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Select(static v => KeyValuePair.Create(v.Key, (object?)v.Value)), "map[string]string", "");

    /// <summary>A method of the type; it comes before a key of its name.</summary>
    public virtual TemplateFunction? Method(string name) => null;

    /// <summary>How the type prints itself; null: as any map.</summary>
    public virtual string? Text() => null;

    public bool TryGet(string key, out object? value) => _values.TryGetValue(key, out value);
}
