using System.Text;

namespace Pharos.Fuzz.Tests;

public class FuzzerTests
{
    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        byte[][] Make() => [.. Enumerable.Range(0, 50).Select(new Func<int, byte[]>(new Maker().Next))];
        Assert.Equal(Make(), Make());
    }

    [Fact]
    public void What_fails_is_made_as_small_as_it_gets()
    {
        var target = new FuzzTarget("promql-parse", static input =>
        {
            if (input.Contains((byte)'('))
            {
                throw new FuzzFailureException("a bracket");
            }
        }, ["(", "abc"]);
        var fuzzer = new Fuzzer(target, seed: 1);
        (byte[] Input, Exception Failure)? found = fuzzer.Run(() => fuzzer.Rounds < 1000);
        Assert.Equal("(", Encoding.UTF8.GetString(found!.Value.Input));
        Assert.Equal("a bracket", found.Value.Failure.Message);
    }

    private sealed class Maker
    {
        private readonly Mutator _mutator = new(new Random(7), ["sum(m)"u8.ToArray(), "a + b"u8.ToArray()], ["(", "x"]);

        public byte[] Next(int round)
        {
            Assert.True(round >= 0);
            return _mutator.Next();
        }
    }
}
