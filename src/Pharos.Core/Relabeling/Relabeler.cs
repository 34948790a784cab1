using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Core.Relabeling;

/// <summary>Applies relabelling steps. Stateless, usable from any thread.</summary>
public static class Relabeler
{
    /// <summary>Applies the steps in order. False when a step drops the set; the builder then holds what it had become.</summary>
    public static bool Process(LabelsBuilder labels, IReadOnlyList<RelabelConfig> configs)
    {
        for (int i = 0; i < configs.Count; i++)
        {
            if (!Apply(labels, configs[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The relabelled set, or null when a step drops it.</summary>
    public static Labels.Labels? Process(Labels.Labels labels, IReadOnlyList<RelabelConfig> configs)
    {
        if (configs.Count == 0)
        {
            return labels;
        }

        var builder = new LabelsBuilder(labels);
        return Process(builder, configs) ? builder.ToLabels() : null;
    }

    private static bool Apply(LabelsBuilder labels, RelabelConfig config)
    {
        switch (config.Action)
        {
            case RelabelAction.Replace:
                Replace(labels, config, Source(labels, config));
                return true;
            case RelabelAction.Keep:
                return config.Regex.IsMatch(Source(labels, config));
            case RelabelAction.Drop:
                return !config.Regex.IsMatch(Source(labels, config));
            case RelabelAction.KeepEqual:
                return string.Equals(labels[config.TargetLabel], Source(labels, config), StringComparison.Ordinal);
            case RelabelAction.DropEqual:
                return !string.Equals(labels[config.TargetLabel], Source(labels, config), StringComparison.Ordinal);
            case RelabelAction.HashMod:
                labels.Set(config.TargetLabel, HashMod(Source(labels, config), config.Modulus));
                return true;
            case RelabelAction.Lowercase:
                labels.Set(config.TargetLabel, ToLower(Source(labels, config)));
                return true;
            case RelabelAction.Uppercase:
                labels.Set(config.TargetLabel, Source(labels, config).ToUpperInvariant());
                return true;
            case RelabelAction.LabelMap:
                MapNames(labels, config);
                return true;
            case RelabelAction.LabelDrop:
            case RelabelAction.LabelKeep:
                RemoveNames(labels, config);
                return true;
            default:
                throw new UnreachableException($"relabel action {config.Action} reached the relabeler without being validated");
        }
    }

    private static string Source(LabelsBuilder labels, RelabelConfig config)
    {
        IReadOnlyList<string> names = config.SourceLabels;
        switch (names.Count)
        {
            case 0:
                return "";
            case 1:
                return labels[names[0]];
            case 2:
                return string.Concat(labels[names[0]], config.Separator, labels[names[1]]);
        }

        var source = new StringBuilder(labels[names[0]]);
        for (int i = 1; i < names.Count; i++)
        {
            source.Append(config.Separator).Append(labels[names[i]]);
        }

        return source.ToString();
    }

    private static void Replace(LabelsBuilder labels, RelabelConfig config, string source)
    {
        string? target = config.Regex.Expand(source, config.TargetLabel);
        if (target is null || !config.IsValidName(target))
        {
            return;
        }

        labels.Set(target, config.Regex.Expand(source, config.Replacement)!);
    }

    [SuppressMessage("Security", "CA5351", Justification = "Upstream shards by MD5; another hash would give another distribution.")]
    private static string HashMod(string source, ulong modulus)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(source), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash[8..]) % modulus).ToString(CultureInfo.InvariantCulture);
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "The action is to make lower case.")]
    private static string ToLower(string source) => source.ToLowerInvariant();

    private static void MapNames(LabelsBuilder labels, RelabelConfig config)
    {
        foreach (Label label in labels.Snapshot())
        {
            if (config.Regex.Expand(label.Name, config.Replacement) is { Length: > 0 } name)
            {
                labels.Set(name, label.Value);
            }
        }
    }

    private static void RemoveNames(LabelsBuilder labels, RelabelConfig config)
    {
        bool matching = config.Action == RelabelAction.LabelDrop;
        foreach (Label label in labels.Snapshot())
        {
            if (config.Regex.IsMatch(label.Name) == matching)
            {
                labels.Remove(label.Name);
            }
        }
    }
}
