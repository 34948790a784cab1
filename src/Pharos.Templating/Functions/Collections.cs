using System.Text;
using Pharos.Templating.Execution;

namespace Pharos.Templating.Functions;

/// <summary>Lengths, items and parts of lists, maps and texts. Texts are measured in UTF-8 bytes, as in Go.</summary>
internal static class Collections
{
    /// <exception cref="TemplateFunctionException">The value has no length.</exception>
    public static object Length(object? value) => value switch
    {
        null => throw new TemplateFunctionException("len of nil pointer"),
        string text => (long)Encoding.UTF8.GetByteCount(text),
        TemplateList list => (long)list.Items.Count,
        TemplateMap map => (long)map.Count,
        _ => throw new TemplateFunctionException($"len of type {TemplateValues.TypeName(value)}"),
    };

    /// <exception cref="TemplateFunctionException">There is no such item.</exception>
    public static object? Index(object? value, ReadOnlySpan<object?> indexes)
    {
        if (value is null)
        {
            throw new TemplateFunctionException("index of untyped nil");
        }

        foreach (object? index in indexes)
        {
            value = value switch
            {
                TemplateList list => list.Items[Position(index, list.Items.Count - 1)],
                TemplateMap map => Item(map, index),
                string text => (long)Encoding.UTF8.GetBytes(text)[Position(index, Encoding.UTF8.GetByteCount(text) - 1)],
                null => throw new TemplateFunctionException("index of nil pointer"),
                _ => throw new TemplateFunctionException($"can't index item of type {TemplateValues.TypeName(value)}"),
            };
        }

        return value;
    }

    /// <exception cref="TemplateFunctionException">There is no such part.</exception>
    public static object Slice(object? value, ReadOnlySpan<object?> bounds)
    {
        if (value is null)
        {
            throw new TemplateFunctionException("slice of untyped nil");
        }

        if (bounds.Length > 3)
        {
            throw new TemplateFunctionException($"too many slice indexes: {bounds.Length}");
        }

        if (bounds.Length == 3 && value is string)
        {
            throw new TemplateFunctionException("cannot 3-index slice a string");
        }

        byte[] bytes = value is string text ? Encoding.UTF8.GetBytes(text) : [];
        int length = value switch
        {
            string => bytes.Length,
            TemplateList all => all.Items.Count,
            _ => throw new TemplateFunctionException($"can't slice item of type {TemplateValues.TypeName(value)}"),
        };
        int start = bounds.Length > 0 ? Position(bounds[0], length) : 0;
        int end = bounds.Length > 1 ? Position(bounds[1], length) : length;
        if (start > end)
        {
            throw new TemplateFunctionException($"invalid slice index: {start} > {end}");
        }

        return value is TemplateList list
            ? new TemplateList([.. list.Items.Skip(start).Take(end - start)], list.TypeName)
            : Encoding.UTF8.GetString(bytes, start, end - start);
    }

    private static object? Item(TemplateMap map, object? key) => key is string name
        ? map.TryGet(name, out object? value) ? value : map.Zero
        : throw new TemplateFunctionException(key is null ? "value is nil; should be of type string" : $"value has type {TemplateValues.TypeName(key)}; should be string");

    private static int Position(object? index, int max) => index switch
    {
        long at when at >= 0 && at <= max => (int)at,
        long at => throw new TemplateFunctionException($"index out of range: {at}"),
        null => throw new TemplateFunctionException("cannot index slice/array with nil"),
        _ => throw new TemplateFunctionException($"cannot index slice/array with type {TemplateValues.TypeName(index)}"),
    };
}
