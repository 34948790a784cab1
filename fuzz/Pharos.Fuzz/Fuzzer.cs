using System.Diagnostics;

namespace Pharos.Fuzz;

/// <summary>Feeds a target with its corpus and with what a mutator makes of it, and makes an input that fails as small as it gets.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed, IEnumerable<byte[]>? moreSeeds = null)
{
    // A single input may take so long, whatever else the machine does.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    private readonly Mutator _mutator = new(new Random(seed), [.. target.Inputs().Select(static i => i.Input), .. moreSeeds ?? []], target.Words);

    /// <summary>Inputs made so far.</summary>
    public long Rounds { get; private set; }

    /// <summary>Takes each input before it is fed, so that it is known when the process ends with it.</summary>
    public Action<byte[]> Announce { get; init; } = static _ => { };

    /// <summary>Feeds one input after another while the condition holds; the first that fails, made small, or null.</summary>
    public (byte[] Input, Exception Failure)? Run(Func<bool> goesOn)
    {
        while (goesOn())
        {
            Rounds++;
            byte[] input = _mutator.Next();
            Announce(input);
            if (Try(input) is { } failure)
            {
                byte[] smallest = Shrink(input, failure.GetType());
                return (smallest, Try(smallest) ?? failure);
            }
        }

        return null;
    }

    /// <summary>Feeds one input; what went wrong, or null.</summary>
    public Exception? Try(ReadOnlySpan<byte> input)
    {
        long began = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            // Whatever a target throws is what is looked for.
            return e;
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(began);
        return taken > MaxTime ? new TimeoutException($"{input.Length} bytes took {taken}") : null;
    }

    private byte[] Shrink(byte[] input, Type failure)
    {
        for (int chunk = Math.Max(1, input.Length / 2); chunk > 0; chunk /= 2)
        {
            for (int at = 0; at + chunk <= input.Length;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + chunk)];
                if (Try(shorter)?.GetType() == failure)
                {
                    input = shorter;
                }
                else
                {
                    at += chunk;
                }
            }
        }

        return input;
    }
}
