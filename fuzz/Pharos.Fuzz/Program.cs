using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pharos.Fuzz;
using Pharos.Testing;

// Pharos.Fuzz TARGET [SECONDS [SEED [FILE-WITH-A-SEED-A-LINE...]]]: feeds the target until something fails or the time is over. What fails is saved under
// fuzz/regressions/TARGET, made as small as it gets; when the process itself ends, its last input is in artifacts/fuzz/TARGET.
if (args.Length == 0 || FuzzTarget.All.FirstOrDefault(t => t.Name == args[0]) is not { } target)
{
    Console.Error.WriteLine($"usage: Pharos.Fuzz {string.Join('|', FuzzTarget.All.Select(static t => t.Name))} [SECONDS [SEED [FILE...]]]");
    return 2;
}

int seconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 240;
int seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.TickCount;
string last = Path.Combine(Repository.Root, "artifacts", "fuzz", target.Name);
Directory.CreateDirectory(Path.GetDirectoryName(last)!);
var fuzzer = new Fuzzer(target, seed, args.Skip(3).SelectMany(File.ReadLines).Select(Encoding.UTF8.GetBytes))
{
    Announce = input => File.WriteAllBytes(last, input),
};
long began = Stopwatch.GetTimestamp();
(byte[] Input, Exception Failure)? found = fuzzer.Run(() => Stopwatch.GetElapsedTime(began).TotalSeconds < seconds);
File.Delete(last);
if (found is not { } failure)
{
    Console.Out.WriteLine($"{target.Name}: {fuzzer.Rounds} inputs from seed {seed}, none failed");
    return 0;
}

string folder = Path.Combine(Repository.Root, "fuzz", "regressions", target.Name);
Directory.CreateDirectory(folder);
string file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(failure.Input))[..12]);
File.WriteAllBytes(file, failure.Input);
Console.Out.WriteLine($"{target.Name}: input {fuzzer.Rounds} from seed {seed} fails, saved as {file}\n{Encoding.UTF8.GetString(failure.Input)}\n{failure.Failure}");
return 1;
