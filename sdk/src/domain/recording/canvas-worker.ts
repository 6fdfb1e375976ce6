/**
 * Scales, compares by a hash (FNV-1a over pixels) and encodes: without loss where that is small
 * enough (charts, text), else lossily. All on the worker's thread.
 */
export const CANVAS_WORKER = `onmessage=async({data:{id,bitmap,told,area,most}})=>{const a={id};try{
const z=Math.min(1,Math.sqrt(area/(bitmap.width*bitmap.height)));
const c=new OffscreenCanvas(Math.ceil(bitmap.width*z),Math.ceil(bitmap.height*z));
const x=c.getContext('2d',{willReadFrequently:true});x.drawImage(bitmap,0,0,c.width,c.height);
a.scale=c.width/bitmap.width;bitmap.close();let h=c.width,any=0;
for(const p of new Uint32Array(x.getImageData(0,0,c.width,c.height).data.buffer)){h=Math.imul(h^p,16777619);any|=p}
a.hash=h;a.isBlank=!any;
if(h!==told&&any&&most)for(const quality of[1,.6,.3]){
const u=new FileReaderSync().readAsDataURL(await c.convertToBlob({type:'image/webp',quality}));
if(u.length<=most){a.url=u;break}}}catch(e){}postMessage(a)}`;

/** What the worker says of a picture. */
export interface Answer {
  id: number;
  /** Absent when the picture could not be read. */
  hash?: number;
  /** Of the picture to the canvas. */
  scale?: number;
  isBlank?: boolean;
  /** Absent when it is what was told, when it is blank, and when no picture fits. */
  url?: string;
}
