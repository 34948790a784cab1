using Pharos.Server;

return await PharosProgram.RunAsync(args).ConfigureAwait(false);
