using System.Text;

namespace Pharos.Rules.Evaluation;

/// <summary>
/// When a group is due: at every interval since the Unix epoch, moved by a part of it that follows from file and name. It is the very moment at which
/// upstream evaluates a group of that file and name. Immutable.
/// </summary>
public sealed class GroupSchedule
{
    private const int NanosecondsPerTick = 100;

    private readonly long _intervalNanoseconds;
    private readonly long _offsetNanoseconds;

    /// <summary>The schedule of a group.</summary>
    /// <param name="file">The path of the group's file.</param>
    /// <param name="group">Its name.</param>
    /// <param name="interval">Above 0.</param>
    public GroupSchedule(string file, string group, TimeSpan interval)
    {
        Interval = interval;
        _intervalNanoseconds = interval.Ticks * NanosecondsPerTick;
        _offsetNanoseconds = (long)(Hash(file, group) % (ulong)_intervalNanoseconds);
    }

    /// <summary>From one moment to the next.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The last moment at which the group was due, this one included.</summary>
    public DateTimeOffset SlotBefore(DateTimeOffset now)
    {
        long moved = ((now - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick) - _offsetNanoseconds;
        long slot = moved - (moved % _intervalNanoseconds) + _offsetNanoseconds;
        return DateTimeOffset.UnixEpoch.AddTicks(slot / NanosecondsPerTick);
    }

    // Upstream's hash of the label set {file, name} in its usual build.
    private static ulong Hash(string file, string group)
    {
        using var bytes = new MemoryStream();
        foreach (string text in (ReadOnlySpan<string>)["file", file, "name", group])
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            bytes.Write(utf8.Length < byte.MaxValue
                ? [(byte)utf8.Length]
                : [byte.MaxValue, (byte)utf8.Length, (byte)(utf8.Length >> 8), (byte)(utf8.Length >> 16)]);
            bytes.Write(utf8);
        }

        return XxHash64.Hash(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
