namespace Pharos.Fuzz.Tests;

/// <summary>Every target is fed with its corpus, with what ever failed, and with some thousands of new inputs; the same ones at every run.</summary>
public class FuzzTests
{
    private const int FewInputs = 3000;
    private const int ManyInputs = 60_000;

    public static TheoryData<string> Targets => new(FuzzTarget.All.Select(static t => t.Name));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Seeds_and_what_ever_failed_pass(string name)
    {
        FuzzTarget target = Find(name);
        var fuzzer = new Fuzzer(target, seed: 0);
        (string File, byte[] Input)[] inputs = [.. target.Inputs()];
        Assert.NotEmpty(inputs);
        foreach ((string file, byte[] input) in inputs)
        {
            Exception? failure = fuzzer.Try(input);
            Assert.True(failure is null, $"{file}: {System.Text.Encoding.UTF8.GetString(input)}\n{failure}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void New_inputs_pass(string name) => Feed(name, seed: 20261120, FewInputs);

    [Theory]
    [MemberData(nameof(Targets))]
    [Trait("Kind", "Slow")]
    public void Many_new_inputs_pass(string name)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            Feed(name, seed, ManyInputs);
        }
    }

    private static void Feed(string name, int seed, int inputs)
    {
        var fuzzer = new Fuzzer(Find(name), seed);
        (byte[] Input, Exception Failure)? found = fuzzer.Run(() => fuzzer.Rounds < inputs);
        Assert.True(
            found is null,
            $"seed {seed}: save this under fuzz/regressions/{name}\n{Convert.ToBase64String(found?.Input ?? [])}\n{System.Text.Encoding.UTF8.GetString(found?.Input ?? [])}\n{found?.Failure}");
    }

    private static FuzzTarget Find(string name) => FuzzTarget.All.Single(t => t.Name == name);
}
