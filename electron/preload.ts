import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, bridgeChannels, bridgeName } from '../shared/bridge.ts';

const bridge: Bridge = {
  leaveKiosk: (sessionToken) => ipcRenderer.invoke(bridgeChannels.leaveKiosk, sessionToken),
  print: () => ipcRenderer.invoke(bridgeChannels.print),
  chooseFolder: (sessionToken) => ipcRenderer.invoke(bridgeChannels.chooseFolder, sessionToken),
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
